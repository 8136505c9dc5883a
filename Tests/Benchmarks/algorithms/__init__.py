"""One file per algorithm: the inputs it makes, the rivals it meets, the rows of its table."""
