"""The words that forms in the browser say: by key, with places in braces, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def form_words() -> dict[str, str]:
    """For the page of a form, and for the list of forms."""
    return {**_asking(), **_places(), **_keeping(), **_sending()}


def _asking() -> dict[str, str]:
    return {
        "must": _("must be answered"),
        "required": _("This must be answered."),
        "constraint": _("This answer is not possible here."),
        "whole_number": _("Write a whole number, such as 12."),
        "number": _("Write a number, such as 12.5."),
        "month": _("Write a year and a month, such as 2014-06."),
        "year": _("Write a year, such as 2014."),
        "unreadable": _("This cannot be read; write it again."),
        "not_in_list": _("Choose one of the list: write a part of it, then pick what is offered."),
        "empty_list": _("Nothing is on this list yet."),
        "list_too_long": _("This list is too long for this page. Write the code."),
        "choose": _("Choose …"),
        "clear": _("Take the answer back"),
        "not_answered": _("not answered"),
        "confirmed": _("Yes, confirmed"),
        "confirm_order": _("This is the right order"),
        "move_up": _("Move up"),
        "add": _("Add"),
        "add_to": _("Add: {title}"),
        "rows": _("Rows"),
        "remove": _("Remove"),
        "mend": _("Mend this before you send ({count}):"),
        "take_photograph": _("Take a photograph"),
        "remove_file": _("Remove the file"),
        "chosen_file": _("Chosen: {name}"),
    }


def _places() -> dict[str, str]:
    return {
        "coordinates": _("Latitude, longitude: 16.27, -0.04 or 16°16′12″N 0°02′24″W"),
        "coordinate_lines": _("One point on each line: latitude, longitude, such as 16.27, -0.04"),
        "not_coordinates": _("“{text}” is no position: write latitude and longitude, such as 16.27, -0.04."),
        "too_few_points": _("At least {least} points are needed."),
        "my_position": _("Use my position"),
        "add_my_position": _("Add my position"),
        "locating": _("Looking for the position …"),
        "located": _("Position found, accurate to {metres} m."),
        "no_position": _("The position could not be found. Write it, or set it on the map."),
        "open_map": _("Open the map"),
        "close_map": _("Close the map"),
        "loading_map": _("The map is loading …"),
        "no_map": _("The map could not be loaded. Write the position instead."),
        "map_point": _(
            "Click where it is. Or move the map with the arrow keys, + and −, and set the point at the cross."
        ),
        "map_points": _(
            "Click point after point. Or move the map with the arrow keys, + and −, and add points at the cross."
        ),
        "set_at_cross": _("Set the point at the cross"),
        "add_at_cross": _("Add a point at the cross"),
        "remove_point": _("Remove the point"),
        "remove_last": _("Remove the last point"),
        "points_set": _("Points: {count}"),
        "lies_there": _("There: {what}."),
        "nearby": _("A place without a record here is not safe for that: it means only that nothing is known of it."),
        "ground_alone": _(
            "What is known nearby cannot be fetched now: the map has the outlines of countries alone. "
            "Points can be set on it all the same."
        ),
    }


def _keeping() -> dict[str, str]:
    return {
        "kept": _("Kept in this browser, {time}"),
        "not_kept": _("This browser cannot keep the answers: send them before you close the page."),
        "drafts": _("Begun and not finished"),
        "begun": _("last changed {time}"),
        "resumed": _("These are the answers that you left here on {time}."),
        "restart": _("Throw them away and begin anew"),
        "restart_sure": _("Throw these answers away?"),
        "draft_unreadable": _("What was kept here could not be read again; the form begins anew."),
        "queue": _("Not sent yet ({count})"),
        "waits": _("Finished {time}. It is sent as soon as there is a line."),
        "send_now": _("Send now"),
        "discard": _("Throw away"),
        "discard_sure": _("Throw “{title}” away? It was not received, and cannot be brought back."),
        "open_again": _("Open again and mend"),
        "opens_offline": _("opens without a line"),
        "not_kept_page": _(
            "There is no line, and that page is not kept in this browser. The forms that are kept say so below."
        ),
    }


def _sending() -> dict[str, str]:
    return {
        "sent": _("Received: {title}, report {code}."),
        "signed_out": _("You are not signed in any more. Sign in again; what is not sent is kept here."),
        "no_line": _("There is no line now. What is not sent is kept here and sent later."),
        "received": _("Received as report {code}"),
        "known_already": _("It had been received before; there is still only one report."),
        "findings": _("Please look at this; the report waits for a decision:"),
        "will_be_sent": _("Finished, but not sent yet. It will be sent as soon as there is a line."),
        "refused": _("It could not be taken in. It is kept above, with what to do."),
        "another": _("Fill in another one"),
        "all_forms": _("All forms"),
        "cannot_correct": _("This cannot be sent: it does not name the report that it corrects. Use the plain form."),
    }
