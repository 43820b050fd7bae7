"""Files in and out: tables of shipments and events. Import what is needed from its module: a child process does."""
