"""Data of departments from YAML, CSV and tables into typed inputs."""
