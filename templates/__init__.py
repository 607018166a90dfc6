"""Every page and every paper, one folder a subject."""
