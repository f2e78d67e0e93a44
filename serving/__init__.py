"""The surfaces, thin: command line, HTTP API, page, batches."""
