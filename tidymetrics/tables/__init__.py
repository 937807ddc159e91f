"""Results as tables that people read: metrics as columns, reports, and text or HTML to show."""
