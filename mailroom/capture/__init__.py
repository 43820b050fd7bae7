"""The devices' edge without Qt: decode pictures and PDFs, tell a wedge from a typist, gather one label's codes."""
