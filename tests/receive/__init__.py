"""What schools send, and what `pairing receive` is to make of it."""
