"""Files of messages in, files with verdicts out."""
