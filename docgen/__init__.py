"""docgen: from one company profile to the document set for GB/T 27922-2011."""

__version__ = "0.1.0"
