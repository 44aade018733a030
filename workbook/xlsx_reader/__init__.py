"""Receiving files: the gate on raw bytes, then one strict reading."""
