"""One case: a front-door process instance with its deadlines, in the words of the procedure.

The same object serves a scenario in memory and a real case in the database: what differs is only
who keeps the state between two steps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.casework import effects as fx
from engine.casework.answers import InvalidAnswers, validate_answers
from engine.casework.children import CHILDREN, told_apart
from engine.casework.clocks import CaseClocks, Ledger, OpenDeadline
from engine.casework.corrections import correction, renamed_children
from engine.casework.facts import complete_facts, plain, timing_problems
from engine.casework.overrides import InvalidOverride, Override, Overruling, check_override
from engine.casework.standing import FRONT_DOOR, StandingCase, program_of
from engine.casework.tasks import done
from engine.casework.translate import about_deadline, child_of
from engine.definitions.model import AuthorityDefinition
from engine.errors import Invalid, Refused
from engine.execution import Execution

IS_FINISHED = "The case is finished already, so it cannot be withdrawn."
IS_OPEN = "The case is open, so it cannot be reopened."


class CaseRun(StandingCase):
    """A running case. Every change is one step; `take_effects` hands over what the step did."""

    @classmethod
    def start(
        cls,
        definition: AuthorityDefinition,
        facts: Mapping[str, Any],
        *,
        case_id: str,
        now: datetime,
    ) -> "CaseRun":
        """Start a case from what is known of the contact, and run it to its first wait.

        Raises InvalidFacts, with a sentence for each fact that will not do.
        """
        variables = _first(definition, facts, case_id=case_id, now=now)
        execution = Execution.start(
            program_of(definition),
            FRONT_DOOR,
            variables,
            now=now,
            clocks=CaseClocks(definition),
        )
        return cls(definition, execution, Ledger())

    def complete(
        self,
        task_id: str,
        answers: Mapping[str, Any],
        *,
        now: datetime,
        overrides: Sequence[Override] = (),
    ) -> None:
        """Complete a user task and run on to the next wait.

        Each override takes the place of what its decision table says in this step. Raises
        InvalidAnswers with a sentence for each field, InvalidOverride for one that cannot be or
        that is not asked for, NotFound when the task is not open.
        """
        overruling = Overruling([check_override(self.definition, each) for each in overrides])
        task = self.task(task_id)
        zone = self.definition.calendar.zone
        clean, problems = validate_answers(task.form, answers, task.variables, zone=zone)
        if not problems:
            problems = timing_problems(self.definition, clean, task.variables, now=now)
        if problems:
            raise InvalidAnswers(problems)
        clean = told_apart(clean)
        effects = done(task, clean, now=now)
        self._execution.complete(
            task_id,
            clean,
            now=now,
            overrule=lambda decision, known: overruling.find(decision, child_of(known)),
        )
        self._refuse_unused(overruling)
        self._effects.extend(effects)
        self._collect()

    def deliver(self, message: str, *, at: datetime, now: datetime) -> bool:
        """Deliver a message that arrived at `at`; say whether anything was waiting for it.

        Raises Invalid for a message that is none of the vocabulary's.
        """
        if message not in self.definition.vocabulary.messages:
            known = ", ".join(self.definition.vocabulary.messages)
            raise Invalid(f"'{message}' is no message; there are {known}")
        waits = (w for w in self._waiting() if w.message == message)
        waiting = next(waits, None)
        if waiting is not None:
            arrived = plain(at, self.definition.calendar.zone)
            self._execution.deliver(message, key=waiting.key, variables={message: arrived}, now=now)
        self._effects.append(
            fx.MessageReceived(
                at=at,
                process_id=FRONT_DOOR,
                element_id="",
                name=self.definition.vocabulary.messages[message],
                message=message,
                expected=waiting is not None,
            )
        )
        self._collect()
        return waiting is not None

    def wake(self, *, now: datetime) -> None:
        """Give the warnings and fire the timers that are due, and run on to the next wait."""
        if self._is_withdrawn:
            return
        for entry in tuple(self._ledger):
            if entry.warns_by(now) and entry.due_at > now:
                self._warn(entry, now=now)
        self._execution.wake(now=now)
        self._collect()

    def withdraw(self, *, reason: str, now: datetime) -> None:
        """Stop the case where it is. Raises Refused where nothing is left to stop."""
        if self.is_finished:
            raise Refused(IS_FINISHED)
        self._is_withdrawn = True
        self._effects.append(fx.CaseWithdrawn(reason=reason, **_whole(now)))

    def reopen(self, *, reason: str, now: datetime) -> None:
        """Let a withdrawn case go on as it was: what fell due meanwhile falls due now."""
        if not self._is_withdrawn:
            raise Refused("The case is not withdrawn.")
        self._is_withdrawn = False
        self._effects.append(
            fx.CaseReopened(
                reason=reason,
                tasks=tuple(task.id for task in self._execution.open_tasks()),
                deadlines=tuple(entry.id for entry in self._ledger),
                **_whole(now),
            )
        )
        self.wake(now=now)

    def start_again(
        self, facts: Mapping[str, Any], *, case_id: str, reason: str, now: datetime
    ) -> None:
        """Take a case through the procedure once more, from these facts.

        The case is finished, or waits for nobody but the referrer; what it waited for is over.
        Raises InvalidFacts, with a sentence for each fact that will not do.
        """
        if self._is_withdrawn or not (self.is_finished or self.waits_only_for_referrer):
            raise Refused(IS_OPEN)
        variables = _first(self.definition, facts, case_id=case_id, now=now)
        received_at = datetime.fromisoformat(variables["received_at"])
        self._effects.append(
            fx.CaseStartedAgain(reason=reason, received_at=received_at, **_whole(now))
        )
        self._was_finished = False
        for entry in self._ledger:
            self._ledger.close(entry.id)
        self._execution.start_again(variables, now=now)
        self._collect()

    def correct(self, fact: str, value: Any, *, child: str | None, now: datetime) -> bool:
        """Put one fact right wherever it is known, of one child or of all; say whether it was.

        `value` is clean JSON data. What the corrected fact led to before stays as it was decided.
        """
        renamed = renamed_children(self.facts().get(fact), value) if fact == CHILDREN else {}
        was_known = self._execution.put_right(
            correction(self.definition, fact, self.facts().get(fact), value, child=child)
        )
        for entry in self._ledger:
            self._ledger.open(replace(entry, child=renamed.get(entry.child or "", entry.child)))
        self._effects.append(
            fx.FactCorrected(fact=fact, renamed=renamed, **{**_whole(now), "child": child})
        )
        return was_known

    def _refuse_unused(self, overruling: Overruling) -> None:
        """Refuse what overrides nothing; the run has moved on, and is not to be saved."""
        for override in overruling.unused:
            model = self.definition.decisions[override.decision_id]
            label = model.decisions[override.decision_id].name or override.decision_id
            about = f" for {override.child}" if override.child else ""
            raise InvalidOverride(
                f"This step does not ask the table “{label}”{about}, so it cannot be overridden."
            )

    def _warn(self, entry: OpenDeadline, *, now: datetime) -> None:
        self._ledger.warn(entry.id)
        about = about_deadline(self.definition, entry, at=now)
        roles = {t.role for t in self.open_tasks() if entry.id in {d.id for d in t.deadlines}}
        self._effects.append(
            fx.DeadlineWarned(
                deadline=entry.id,
                deadline_name=entry.name,
                due=entry.due_at,
                roles=tuple(sorted(roles)),
                **about,
            )
        )
        self._effects.append(
            fx.NotificationSent(recipient="manager", kind="warning", product=True, **about)
        )


def _whole(now: datetime) -> dict[str, Any]:
    """What an effect says that is about the whole case, and no element of a diagram."""
    return {"at": now, "process_id": FRONT_DOOR, "element_id": "", "name": ""}


def _first(
    definition: AuthorityDefinition, facts: Mapping[str, Any], *, case_id: str, now: datetime
) -> dict[str, Any]:
    """Return the variables that the procedure begins with."""
    variables = complete_facts(definition, facts, now=now)
    received_at = datetime.fromisoformat(variables["received_at"])
    variables["received_out_of_hours"] = not definition.calendar.is_open(received_at)
    variables["case_id"] = case_id
    return variables
