"""The page: server-rendered, works without JavaScript."""
