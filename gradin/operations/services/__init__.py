"""What somebody writes about a service for himself."""
