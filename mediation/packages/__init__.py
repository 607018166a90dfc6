"""Packages for a court: a folder a case in filing order, one merged PDF each, a table, a manifest, a list to sign."""

from mediation.packages.bundle import TABLE, Bundle, make_private, write_bundle
from mediation.packages.manifest import Difference, verify_bundle

__all__ = ["TABLE", "Bundle", "Difference", "make_private", "verify_bundle", "write_bundle"]
