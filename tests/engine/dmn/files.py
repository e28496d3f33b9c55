"""Makes small DMN files for tests."""

from lxml import etree
from lxml.builder import ElementMaker

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DMN = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def source(*elements, namespace="urn:test"):
    """A file with these elements."""
    root = DMN.definitions(*elements, id="definitions", name="Test", namespace=namespace)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def decision(identity, logic, *requirements, type_ref=None, name=None):
    """A decision with its logic and what it requires, given as `kind#id`."""
    variable = DMN.variable(name=name or identity)
    if type_ref:
        variable.set("typeRef", type_ref)
    needs = [required(each) for each in requirements]
    return DMN.decision(variable, *needs, logic, id=identity, name=name or identity)


def required(reference):
    """`data#x`, `decision#x` or `knowledge#x` as a requirement."""
    kind, _, identity = reference.partition("#")
    if kind == "knowledge":
        return DMN.knowledgeRequirement(DMN.requiredKnowledge(href=f"#{identity}"))
    target = DMN.requiredDecision if kind == "decision" else DMN.requiredInput
    return DMN.informationRequirement(target(href=f"#{identity}"))


def input_data(identity, type_ref=None, name=None):
    """An input."""
    variable = DMN.variable(name=name or identity)
    if type_ref:
        variable.set("typeRef", type_ref)
    return DMN.inputData(variable, id=identity, name=name or identity)


def literal(text):
    """A literal expression."""
    return DMN.literalExpression(DMN.text(text))


def table(hit_policy, inputs, outputs, rows, **attributes):
    """A decision table: expressions of the inputs, names of the outputs, cells row by row."""
    rules = [
        DMN.rule(
            DMN.description(f"T-{number:02}"),
            *(DMN.inputEntry(DMN.text(cell), id=f"r{number}i{at}") for at, cell in cells(row[:-1])),
            *(DMN.outputEntry(DMN.text(cell), id=f"r{number}o{at}") for at, cell in cells(row[-1])),
            id=f"r{number}",
        )
        for number, row in enumerate(rows, start=1)
    ]
    return DMN.decisionTable(
        *(DMN.input(DMN.inputExpression(DMN.text(text)), id=f"i-{text}") for text in inputs),
        *(output if etree.iselement(output) else DMN.output(name=output) for output in outputs),
        *rules,
        id="table",
        hitPolicy=hit_policy,
        **attributes,
    )


def cells(row):
    """Cells with their numbers; a text alone is a single cell."""
    return enumerate([row] if isinstance(row, str) else row)
