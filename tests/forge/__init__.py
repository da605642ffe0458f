"""A stand-in forge: the documented API of each kind on this machine, with a real git repository behind it."""
