"""Filters of the desk's templates."""

from django import template

from kambila.desk import values

register = template.Library()
register.filter("moment", values.moment)
register.filter("partial_date", values.partial_date)
register.filter("number", values.number)
