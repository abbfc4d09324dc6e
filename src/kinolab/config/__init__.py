"""Wiring: settings, addresses, server entry points. No thinking happens here."""
