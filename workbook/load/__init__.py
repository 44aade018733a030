"""From files to the rubric model: strict YAML with line numbers, the built-in specs, fields resolved."""
