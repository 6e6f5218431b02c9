"""What the templates of a publication say of texts, numbers and days."""

from django import template

from kambila.publish import languages

register = template.Library()

register.filter("here", languages.here)
register.filter("number", languages.number)
register.filter("day", languages.day)
