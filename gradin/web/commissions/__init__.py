"""« Commissions » for their members: by account or by signed link."""
