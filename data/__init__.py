"""What the service knows and learns from: files first, thin typed loaders beside them."""
