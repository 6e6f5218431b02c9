// The only script that every page loads. Pages work without it; htmx spares a slow link the rest of the page.
import htmx from "htmx.org";

// The desk is served under a content security policy: no evaluated script, no style that is put in by script.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
window.htmx = htmx;
