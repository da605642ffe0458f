"""The plan's Word and Excel tables (附件2, 附件3): other people's files → grids → records, and back."""
