"""Questions on who receives what, and by which way: the front door, roles, channels."""

from engine.compare.finding import label, said, several
from engine.compare.placing import options, roles, who, who_asks, who_tells
from engine.compare.questions import Measure, Question

_HOUSEHOLD = (
    "household_domestic_abuse",
    "household_mental_illness",
    "household_substance_misuse",
    "household_learning_difficulties",
)

QUESTIONS = (
    Question(
        section="entry",
        text="What is the service called?",
        find=label("service", "hub", "front_door"),
        always=True,
    ),
    Question(
        section="entry",
        text="Where do contacts and referrals arrive?",
        find=said(
            "point of contact|dealt with by|referral is made to|centralised system|^Contact is to"
            "|treated as an Initial Contact"
        ),
    ),
    Question(
        section="entry",
        text="By which door do matters reach the police?",
        find=several(
            label("police"),
            said(
                "Central Referral Unit|Child Abuse Investigation|police officer|local police area"
                "|Police Head"
            ),
        ),
    ),
    Question(
        section="entry",
        text="By which door do families reach early help?",
        find=several(
            label("early_help", "early_help_form", "early_help_record"),
            said(
                "early help (gateway|hub|support|database)|Early Help (Assessment|Criteria)\\b"
                "|Early Help\\.|Team Around|TAC\\b",
                flows=("contact", "screening", "disposal", "recording", "referrer"),
            ),
        ),
    ),
    Question(
        section="entry",
        text="To which teams is a child passed on?",
        find=said(
            "allocated (social )?worker|Assessment Support Team|Disability Team"
            "|relevant Social Care Team"
            "|social work unit|Services commence|relevant worker or team"
        ),
    ),
    Question(
        section="entry",
        text="Where are cases recorded?",
        find=several(
            label("record_system", "early_help_record", "referral_form"),
            said(
                "Mosaic|existing records|agreed referral form|Social Care records|Adults' Social"
                "|social care file|electronic data ?base|Early Help database|its records"
            ),
        ),
    ),
    Question(
        section="entry",
        text="What is an assessment called?",
        find=several(label("assessment", "pathway_assessment")),
        always=True,
    ),
    Question(
        section="entry",
        text="What is a strategy discussion called?",
        find=label("strategy_event", "incident_strategy_event"),
        always=True,
    ),
    Question(section="entry", text="What is an enquiry called?", find=label("enquiry")),
    Question(section="roles", text="Which roles act?", find=roles, always=True),
    Question(
        section="roles",
        text="Who records the contact?",
        find=who(lambda e: e.properties.get("record") == "contact"),
    ),
    Question(section="roles", text="Who checks the records?", find=who_asks("case_status")),
    Question(section="roles", text="Who gathers information?", find=who_asks(*_HOUSEHOLD)),
    Question(
        section="roles",
        text="Who decides the type of response or the next steps?",
        find=several(
            who_asks(
                "services_required", "further_enquiries_justified", "proposal_reasons", "next_steps"
            ),
            said(
                "decides (on |its )?(the )?(type of response|next|its next)|duty manager considers"
                "|manager decides",
                flows=("screening", "disposal"),
            ),
        ),
    ),
    Question(
        section="roles",
        text="Who overrides consent, or decides to share without it?",
        find=several(
            who(lambda e: e.properties.get("record") in ("consent_override", "sharing_decision")),
            said(
                "without parental|suitable skills|senior or designated|not seeking, or overriding",
                kinds=("authorisation", "decision"),
            ),
        ),
        measure=Measure.AUTHORISER,
    ),
    Question(
        section="roles",
        text="Who tells the referrer of the outcome?",
        find=several(
            who_tells("professional_referrer", "public_referrer", kinds=("outcome",)),
            said(
                "informs any professional referrer|fed back to the referrer"
                "|(are|is) advised of the disposal"
            ),
        ),
    ),
    Question(
        section="roles",
        text="Who holds the strategy discussion?",
        find=who_asks("attendees"),
        measure=Measure.AUTHORISER,
    ),
    Question(
        section="roles", text="Who is lead professional?", find=said("lead professional role")
    ),
    Question(
        section="roles",
        text="May the referrer talk to a social worker?",
        find=said("qualified social worker|request a 'Professional Consultation'"),
        measure=Measure.DUTY,
    ),
    Question(
        section="roles",
        text="Which other roles are named?",
        find=said(
            "Principal Practitioner|Team Manager|designated officer|safeguarding lead|navigators"
            "|senior member of staff|immediate consultation|professionals in MASH|setting reporting"
            "|MASH Manager\\b|MASH professional"
        ),
    ),
    Question(
        section="channels",
        text="What counts as a contact?",
        find=said("as a Contact|as an Initial Contact|accepts calls|not treated as a referral"),
    ),
    Question(
        section="channels",
        text="By which channels does a contact arrive?",
        find=said(
            "contact may be made by|accepts calls|made by phone|Local Contacts|Contact is to Chil"
            "|duty worker gives"
        ),
    ),
    Question(
        section="channels",
        text="Which channels does the form offer?",
        find=options("contact_channel"),
    ),
    Question(
        section="channels",
        text="What of a contact that only asks for advice?",
        find=said(
            "advice request|straightforward advice|parenting issues|signposting|advice or informa"
            "|request a 'Professional|always offers|information and advice|re-direction",
            flows=("contact",),
        ),
    ),
    Question(
        section="channels",
        text="How is a contact redirected within the service?",
        find=said(
            "redirected to the Assess|redirection is completed|re-directing"
            "|passed to Children's Social Care or|forwarded to the relevant",
            flows=("contact",),
        ),
    ),
    Question(
        section="channels",
        text="Is an early help assessment or form a way to refer?",
        find=said(
            "Early Help Assessment (is not|may be used|forms|is used|provides)|EHA Form"
            "|TAC form must"
        ),
    ),
    Question(
        section="channels",
        text="What is made clear at the end of the call?",
        find=said("clear about who|what is going to happen|re-contact|how feedback will"),
        measure=Measure.DUTY,
    ),
)
