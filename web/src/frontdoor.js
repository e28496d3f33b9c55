// Starts the components of the page. Everything works without it.
import { initAll } from "../vendor/govuk-frontend.js";
import { revealConditionalFields } from "./conditional.js";

initAll();
revealConditionalFields(document);
