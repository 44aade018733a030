"""Reading of received workbooks: the gate on raw bytes, then one strict reading by a known grammar."""
