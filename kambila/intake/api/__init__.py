"""The door for other systems: `/api/v1`, one OpenAPI document, tokens with scopes and an end."""
