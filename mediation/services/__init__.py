"""Every change, one function each, by subject; services never commit, and never ask who is logged in."""
