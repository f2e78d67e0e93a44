"""Speed and quality, measured side by side with the alternatives; results written by commands."""
