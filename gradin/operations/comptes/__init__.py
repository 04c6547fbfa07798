"""Writes about accounts: agents and their scope, tokens of the API, mails of the account."""
