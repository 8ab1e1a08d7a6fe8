"""Fitting the parameters, in English."""

MESSAGES = {
    "optimize.after": "fitted",
    "optimize.answers": "{usable} of {answers} {answers:plural answer/answers} {usable:plural is/are} usable: those a day or more after the one before.",
    "optimize.before": "in force",
    "optimize.held-out": "Tried on the newest fifth: {reviews} {reviews:plural review/reviews} from {since} on.",
    "optimize.initial": "Fewer than {fewest} are usable, so only the initial stabilities were fitted.",
    "optimize.kept": "The fitted parameters foretell better there. They are in force now, fitted to all of it.",
    "optimize.log-loss": "log loss",
    "optimize.not-better": "The fitted parameters do not foretell better there. Those in force stay.",
    "optimize.reset": "The default parameters are in force again.",
    "optimize.rmse": "RMSE (bins)",
    "optimize.span": "They are of {cards} {cards:plural card/cards}, from {first} to {last}.",
    "optimize.too-few": "At least {fewest} are needed. The parameters in force stay.",
    "optimize.would-keep": "The fitted parameters foretell better there. Nothing was changed.",
    "optimize.would-reset": "The default parameters would be in force again. Nothing was changed.",
}
