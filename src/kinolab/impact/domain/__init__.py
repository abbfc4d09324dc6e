"""The rules of a road map: its machine, parts, findings, figures and the gate of safety."""
