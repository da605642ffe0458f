"""Read and write the plan's Word and Excel tables (附件2, 附件3): files from schools become grids, grids become records."""
