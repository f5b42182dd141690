"""Facts read from text: quantities, dates, quotations, names, attributions, modality."""
