"""Every page of the service in its usual state, with errors and empty, and how it is reached."""

from collections.abc import Mapping

from tests.browser.look import (
    BARE,
    NOBODY,
    UNDEPLOYED,
    Look,
    Step,
    at,
    choose,
    fill,
    fill_in,
    pick,
    press,
    tick,
    unfold,
)
from tests.web import furnished
from tests.web import site as sites

NO_PAGES: Mapping[str, frozenset[str]] = {
    "answers a program": frozenset(
        {"health", "sign_in.remaining", "worklist.changes", "api.openapi", "api.findTasks",
         "api.readTask", "api.readCase", "api.findDeadlines", "api.compareAuthorities"}
    ),
    "is a file": frozenset(
        {"static", "board.board_file", "board.cases_file", "board.trend_file", "cases.diagram",
         "cases.download", "compare.as_csv", "compare.as_xlsx", "compare.diagram_source",
         "models.source", "parallel.as_csv", "parallel.as_xlsx", "parallel.figures_as_csv",
         "parallel.figures_as_xlsx", "worklist.as_csv"}
    ),
    "leads to another page": frozenset({"sign_in.home"}),
}  # fmt: skip
CANNOT_FAIL = frozenset(
    {"help.index", "help.glossary", "help.accessibility", "worklist.on_paper", "board.index",
     "models.index", "referrers.sent"}
)  # nothing in their address or on them can be wrong  # fmt: skip


REFERRED: tuple[Step, ...] = (
    choose("Where do the children live?", "Southwark"),
    choose("Who are you?", "A professional, because of my work"),
    press("Go on"),
    choose("Does a child need to be protected at once?", "No"),
    fill("What are you worried about?", "Often hungry."),
    lambda visit: visit.page.locator("[name='children.0.name']").fill("Rowan Example"),
    fill("Your name", "Marta Example"),
    fill("Which organisation do you work for?", "Larkrise School"),
    fill("How can we reach you safely?", "marta@example.test"),
    press("Send"),
)
TOLD_BY_A_CHILD = "/refer/southwark/child"
SOUGHT: tuple[Step, ...] = (fill("Child’s name", "Kit Copperfold"), press("Find the child"))

TWO = "of=southwark&of=sefton"
PLAYED = "/compare/referral?play=yes&start=2026-03-03T10:00"
NONE = "Page not found"

SIGNING_IN = (
    at("sign_in.form", "/sign-in", "Sign in", who=NOBODY),
    at("sign_in.form", "/sign-in", "is wrong", press("Sign in"), who=NOBODY, status=422),
    at("sign_in.form", "/sign-in?next=/worklist", "Sign in", who=NOBODY, service=UNDEPLOYED),
)
WORKLIST = (
    at("worklist.index", "/worklist?show=team", "Record contact"),
    at("worklist.index", "/worklist?show=team", "How binding", unfold("Filter the tasks")),
    at("worklist.index", "/worklist?show=mine", "Worklist"),
    at("worklist.index", "/worklist?after=x", "Something in the request is wrong", status=422),
    at("worklist.index", "/worklist?show=team", "No task was selected", press("Claim selected"),
       status=422),
    at("worklist.index", "/worklist?show=team", "You see only", unfold("Filter the tasks"),
       pick("How binding the limit is", "Should be done"), press("Show these tasks"),
       who=furnished.COLLEAGUE),
    at("worklist.index", "/worklist?after=none~99999999", "Worklist"),
    at("worklist.index", "/worklist?show=team", "Who is to have", tick("input[name='task']"),
       press("Reassign selected")),
    at("worklist.index", "/worklist?show=team", "Choose a colleague", tick("input[name='task']"),
       press("Reassign selected"), press("Reassign"), status=422),
    at("worklist.index", "/worklist", "You may not see this page", who=sites.STRANGER, status=403),
    at("worklist.index", "/worklist?show=team", "Worklist", service=BARE),
    at("worklist.index", "/worklist?show=team", "Worklist", service=UNDEPLOYED),
    at("worklist.away", "/worklist/absences", "Away now"),
    at("worklist.away", "/worklist/absences", "Choose who covers", press("Arrange cover"),
       status=422),
    at("worklist.away", "/worklist/absences", "Nobody is away now", service=BARE),
    at("worklist.on_paper", "/worklist/print", "Record contact"),
    at("worklist.on_paper", "/worklist/print", "Worklist to print", service=BARE),
)  # fmt: skip
TASKS = (
    at("tasks.task", "/tasks/{task}", "Record contact"),
    at("tasks.task", "/tasks/{task}", "There is a problem",
       fill_in("children.0.date_of_birth.day", "32"), press("Complete this task"), status=422),
    at("tasks.task", "/tasks/{done}", "completed this at", status=409),
    at("tasks.task", "/tasks/999999", NONE, status=404),
    at("tasks.task", "/tasks/{checked}", "which you do not hold", who=furnished.OUTSIDER),
    at("tasks.check", "/tasks/{checked}/check", "What happens next"),
    at("tasks.check", "/tasks/{checked}/check", "There is a problem", unfold("Decide differently"),
       fill("Why do you decide differently?", "So."), press("Confirm and complete"), status=422),
    at("tasks.check", "/tasks/999999/check", NONE, status=404),
)  # fmt: skip
INTAKE = (
    at("intake.find", "/contacts/find", "Find the child"),
    at("intake.find", "/contacts/find", "There is a problem", press("Find the child"), status=422),
    at("intake.find", "/contacts/find", "Find the child", service=BARE),
    at("intake.find", "/contacts/find", "You may not", service=UNDEPLOYED, status=403),
    at("intake.found", "/contacts/find", "Kit Copperfold", *SOUGHT),
    at("intake.found", "/contacts/find", "Choose a child", *SOUGHT, press("Go on to the contact"),
       status=422),
    at("intake.found", "/contacts/find", "Who is the child?", *SOUGHT, service=BARE),
    at("intake.start_page", "/contacts/new", "Start a contact"),
    at("intake.start_page", "/contacts/find", "Kit Copperfold", *SOUGHT,
       tick("main [type='checkbox']"), press("Go on to the contact")),
    at("intake.start_page", "/contacts/new", "There is a problem", fill_in("received_at.day", "32"),
       press("Start this contact"), status=422),
    at("intake.start_page", "/contacts/new?authority=elsewhere", "You may not", status=403),
    at("intake.start_page", "/contacts/new", "Start a contact", service=BARE),
)  # fmt: skip
CASES = (
    at("cases.index", "/cases", "Kit"),
    at("cases.index", "/cases", "There is a problem", fill("Date of birth", "31 2 2017"),
       press("Search"), status=422),
    at("cases.index", "/cases", "Cases", service=BARE),
    at("cases.page", "/cases/{busy}", "Each child"),
    at("cases.page", "/cases/{late}", "A step failed"),
    at("cases.page", "/cases/{closed}", "Finished"),
    at("cases.page", "/cases/{withdrawn}", "Withdrawn by"),
    at("cases.page", "/cases/{new}", "There is a problem", press("Record that it has arrived"),
       status=422),
    *(at(f"cases.{name}", f"/cases/{{{case}}}/{path}", says) for name, path, case, says in (
        ("limits", "limits", "late", "Overdue"),
        ("limits", "limits", "new", "limit"),
        ("decisions", "decisions", "enquiry", "Rule"),
        ("decisions", "decisions", "new", "No decision table has been asked"),
        ("known", "known", "busy", "What is known"),
        ("known", "known", "new", "What is known"),
        ("letters", "letters", "enquiry", "Police"),
        ("letters", "letters", "new", "Nobody was told anything yet"),
        ("documents_list", "documents", "busy", "Letter.txt"),
        ("documents_list", "documents", "new", "No document is kept"),
        ("history", "history", "enquiry", "Limit met"),
        ("history", "history", "new", "history"),
        ("related", "related", "late", "Why"),
        ("related", "related", "new", "No other case"),
        ("chronology", "chronology", "late", "What happened"),
        ("chronology", "chronology", "new", "What happened"),
        ("diagram_page", "diagram", "enquiry", "in words"),
        ("print_summary", "print", "enquiry", "Case"),
        ("print_summary", "print", "new", "Case"),
        ("print_decisions", "decisions/print", "enquiry", "Rule"),
        ("print_decisions", "decisions/print", "new", "decisions"),
        ("withdraw_page", "withdraw", "busy", "Why?"),
        ("reopen_page", "reopen", "closed", "Why?"),
        ("correct_page", "correct/referrer_kind/0", "busy", "Why is it put right?"),
    )),
    *(at(f"cases.{name}", f"/cases/999999{path}", NONE, status=404) for name, path in (
        ("page", ""), ("limits", "/limits"), ("decisions", "/decisions"), ("known", "/known"),
        ("letters", "/letters"), ("history", "/history"), ("related", "/related"),
        ("chronology", "/chronology"), ("diagram_page", "/diagram"), ("print_summary", "/print"),
        ("print_decisions", "/decisions/print"),
    )),
    at("cases.documents_list", "/cases/{new}/documents", "Choose a file",
       press("Keep it with the case"), status=422),
    at("cases.withdraw_page", "/cases/{busy}/withdraw", "Give the reason",
       press("Withdraw the case"), status=422),
    at("cases.reopen_page", "/cases/{closed}/reopen", "Give the reason", press("Reopen the case"),
       status=422),
    at("cases.correct_page", "/cases/{busy}/correct/referrer_kind/0", "There is a problem",
       press("Put it right"), status=422),
    at("cases.withdraw_page", "/cases/{closed}/withdraw", "finished already", status=409),
    at("cases.reopen_page", "/cases/{busy}/reopen", "The case is open", status=409),
)  # fmt: skip
LETTERS = (
    at("letters.index", "/letters", "Written"),
    at("letters.index", "/letters?state=lost", NONE, status=404),
    at("letters.index", "/letters", "There are no such letters", service=BARE),
    at("letters.page", "/letters/{letter}", "Letter for case"),
    at("letters.page", "/letters/999999", NONE, status=404),
)
BOARD = (
    at("board.index", "/board/", "Which authority", who=furnished.BOTH),
    at("board.index", "/board/", "No limit runs", service=BARE),
    at("board.index", "/board/", "There is no board yet", service=UNDEPLOYED),
    at("board.board", "/board/southwark", "Overdue"),
    at("board.board", "/board/elsewhere", NONE, status=404),
    at("board.board", "/board/southwark", "No limit runs", service=BARE),
    at("board.trend", "/board/southwark/trend", "missed"),
    at("board.trend", "/board/elsewhere/trend", NONE, status=404),
    at("board.trend", "/board/southwark/trend", "No limit has ended", service=BARE),
    at("board.cases", "/board/southwark/cases?left=overdue", "Cases behind the board"),
    at("board.cases", "/board/southwark/cases?missed_in=monday", "wrong", status=422),
    at("board.cases", "/board/southwark/cases?left=overdue", "Cases behind", service=BARE),
    at("board.heat", "/board/southwark/diagrams/front_door", "in words"),
    at("board.heat", "/board/southwark/diagrams/none", NONE, status=404),
    at("board.heat", "/board/southwark/diagrams/front_door", "in words", service=BARE),
)
TABLE = "/procedures/southwark/decisions/disposal_option"
MODELS = (
    at("models.index", "/procedures/", "Sefton", who=sites.ANALYST),
    at("models.index", "/procedures/", "No procedure has been", who=sites.ANALYST,
       service=UNDEPLOYED),
    at("models.diagram", "/procedures/southwark/front_door", "in words", who=sites.ANALYST),
    at("models.diagram", "/procedures/southwark/none", NONE, who=sites.ANALYST, status=404),
    at("models.decision", TABLE, "Try this table", who=sites.ANALYST),
    at("models.decision", f"{TABLE}?tried=yes&level_of_need=low", "Rule", who=sites.ANALYST),
    at("models.decision", f"{TABLE}?tried=yes&level_of_need=huge", "There is a problem",
       who=sites.ANALYST, status=422),
    at("models.clauses", "/procedures/southwark/clauses", "SWK-51", who=sites.ANALYST),
    at("models.clauses", "/procedures/elsewhere/clauses", NONE, who=sites.ANALYST, status=404),
)  # fmt: skip
COMPARE = (
    at("compare.index", "/compare", "part on", who=sites.ANALYST),
    at("compare.index", f"/compare?{TWO}", "part on", unfold("Choose what is compared"),
       who=sites.ANALYST),
    at("compare.section", f"/compare/deadlines?{TWO}", "Silent", who=sites.ANALYST),
    at("compare.section", "/compare/nothing", NONE, who=sites.ANALYST, status=404),
    at("compare.print_pack", f"/compare/print?{TWO}", "part 1 of", who=sites.ANALYST),
    at("compare.diagrams", f"/compare/diagrams?{TWO}&flow=front_door", "diagrams side by side",
       who=sites.ANALYST),
    at("compare.diagrams", "/compare/diagrams?of=southwark@1&of=southwark@2&flow=front_door",
       "Write up what was said", who=sites.ANALYST),
    at("compare.merged", f"/compare/merged?{TWO}&flow=disposal", "all in one picture",
       who=sites.ANALYST),
    at("compare.tables", f"/compare/tables?{TWO}", "Decision tables", who=sites.ANALYST),
    at("compare.tables", f"/compare/tables?{TWO}&decision=disposal_option", "Southwark and Sefton",
       who=sites.ANALYST),
    at("compare.tables", f"/compare/tables?{TWO}&decision=none", NONE, who=sites.ANALYST,
       status=404),
    at("compare.forms", f"/compare/forms?{TWO}", "Forms", who=sites.ANALYST),
    *(at(f"compare.{name}", f"/compare{path}?of=southwark", says, who=sites.ANALYST, status=422)
      for name, path, says in (
        ("index", "", "Choose two or more"),
        ("section", "/deadlines", "Choose two or more"),
        ("print_pack", "/print", "Choose two or more"),
        ("diagrams", "/diagrams", "Two procedures are needed"),
        ("merged", "/merged", "Two procedures are needed"),
        ("tables", "/tables", "Two procedures are needed"),
        ("forms", "/forms", "Two procedures are needed"),
    )),
    at("compare.index", "/compare", "No procedure has been", who=sites.ANALYST, service=UNDEPLOYED,
       status=422),
)  # fmt: skip
PARALLEL = (
    at("parallel.index", "/compare/referral", "When it was received", who=sites.ANALYST),
    at("parallel.index", f"{PLAYED}&takes.disposal=30&children=2&if.child_in_need=false",
       "They part first", who=sites.ANALYST),
    at("parallel.index", f"{PLAYED}&points=yes&sensitivity=yes", "They part first",
       who=sites.ANALYST),
    at("parallel.index", "/compare/referral?play=yes&start=never", "There is a problem",
       who=sites.ANALYST, status=422),
    at("parallel.index", "/compare/referral", "", who=sites.ANALYST, service=UNDEPLOYED,
       status=404),
    at("parallel.many", "/compare/many", "Contacts"),
    at("parallel.many", "/compare/many", "There is a problem", fill("Contacts", "many"),
       press("Start"), who=sites.ANALYST, status=422),
    at("parallel.simulation", "/compare/many/{simulation}", "How often", who=sites.ANALYST),
    at("parallel.simulation", "/compare/many/999999", NONE, who=sites.ANALYST, status=404),
    at("parallel.figure", "/compare/many/{simulation}/figures/differ.all", "Contact 1",
       who=sites.ANALYST),
    at("parallel.figure", "/compare/many/{simulation}/figures/none", NONE, who=sites.ANALYST,
       status=404),
)  # fmt: skip
REFERRERS = (
    at("referrers.begin", "/refer", "worried", who=NOBODY),
    at("referrers.begin", "/refer", "There is a problem", press("Go on"), who=NOBODY, status=422),
    at("referrers.begin", "/refer", "No authority takes", who=NOBODY, service=UNDEPLOYED),
    at("referrers.form", "/refer/southwark/professional", "worried", who=NOBODY),
    at("referrers.form", TOLD_BY_A_CHILD, "worried", who=NOBODY),
    at("referrers.form", TOLD_BY_A_CHILD, "There is a problem", press("Send"), who=NOBODY,
       status=422),
    at("referrers.form", "/refer/southwark/professional", "There is a problem", press("Send"),
       who=NOBODY, status=422),
    at("referrers.sent", "/refer", "It has arrived", *REFERRED, who=NOBODY),
    at("referrers.follow", "/refer/follow", "Reference", who=NOBODY),
    at("referrers.follow", "/refer/follow", "There is a problem", press("See what became of it"),
       who=NOBODY, status=422),
)  # fmt: skip
HELP = (
    at("help.index", "/help", "Doing a task", who=NOBODY),
    at("help.glossary", "/help/glossary", "user task", who=NOBODY),
    at("help.accessibility", "/help/accessibility", "Accessibility", who=NOBODY),
)

LOOKS: tuple[Look, ...] = (
    *SIGNING_IN, *WORKLIST, *TASKS, *INTAKE, *CASES, *LETTERS, *BOARD, *MODELS, *COMPARE,
    *PARALLEL, *REFERRERS, *HELP,
)  # fmt: skip
