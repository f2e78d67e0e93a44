"""Corpora to artifact. The only place that imports torch, transformers and datasets."""
