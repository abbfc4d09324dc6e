"""Kinolab: the platform on which film labs run their whole year. Start reading at ARCHITECTURE.md."""
