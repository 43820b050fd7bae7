"""The edge to networks and to the system: carriers, mail, secrets. The only room that imports their libraries."""
