"""What pages are told: plain facts made from rows, so that a template never holds a row and never decides anything."""
