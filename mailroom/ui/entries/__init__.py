"""What the rail shows of each page, one file a page: the pages themselves are loaded when they are first wanted."""
