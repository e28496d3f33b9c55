// Starts the components of the page. Everything works without it.
import { initAll } from "../vendor/govuk-frontend.js";
import { revealConditionalFields } from "./conditional.js";

// The list of problems takes the focus, but not from somebody who has begun to put them right.
initAll({ errorSummary: { disableAutoFocus: document.activeElement !== document.body } });
revealConditionalFields(document);
