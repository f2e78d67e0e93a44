"""Text in, class probabilities out. Knows no message channels, no HTTP, no torch."""
