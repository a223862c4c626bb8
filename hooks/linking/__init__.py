"""Links inside the series: anchors, references and what they lead to, passages, backlinks, closing sections."""
