"""Puts the elements of DMN files together to one graph."""

from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from engine.dmn.boxed import compile_boxed, compile_function, expression_in
from engine.dmn.decide import Model
from engine.dmn.draft import Draft
from engine.dmn.drg import Drawn, Key, Kind, Service, Slots, circles
from engine.dmn.imports import Folder
from engine.dmn.item_definitions import ItemTypes
from engine.dmn.model import Complaint, Decision
from engine.dmn.services import as_function
from engine.dmn.source import child, children, id_of, line_of, name_of, own_text, tag, text_of
from engine.dmn.tables import describe
from engine.feel.parser.cursor import Names
from engine.feel.run import Compiled, Scope, Value
from engine.feel.types import ANY, FunctionType, Resolver, Type

KINDS: Final[Mapping[str, Kind]] = {
    "inputData": "input",
    "decision": "decision",
    "businessKnowledgeModel": "knowledge",
    "decisionService": "service",
}
REQUIREMENTS: Final = ("informationRequirement", "knowledgeRequirement")
MAX_IMPORTS: Final = 20


class Shelf:
    """The files read so far, by namespace: each is read once, however often it is imported."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.graph: dict[Key, Drawn] = {}
        self.problems: list[Complaint] = []
        self.readers: dict[str, FileReader] = {}
        self.open: set[str] = set()  # namespaces of files that wait for their imports


class FileReader:
    """Reads the elements of one file."""

    def __init__(self, root: etree._Element, file: str, shelf: Shelf) -> None:
        self.root = root
        self.file = file
        self.shelf = shelf
        self.namespace = root.get("namespace") or ""
        shelf.open.add(self.namespace)
        self.imports = dict(self._imports())
        self.elements = {each.get("id") or name_of(each): each for each in children(root, *KINDS)}
        self.types: Resolver = ItemTypes(
            {name_of(each): each for each in children(root, "itemDefinition")},
            {name: reader.types for name, reader in self.imports.items()},
            self._draft,
        )

    def read(self) -> None:
        """Add the file's elements to the graph."""
        draft = self._draft(self.types)
        self.shelf.readers[self.namespace] = self
        for each in self.elements.values():
            if tag(each) == "decisionService":
                self._add_service(each, draft)
            else:
                self._add(each, draft)

    def decisions(self) -> dict[str, Decision]:
        """The file's decisions as written, by id."""
        found = [_describe(each) for each in children(self.root, "decision")]
        return {decision.id: decision for decision in found}

    def names(self) -> Iterable[str]:
        """Every name that an expression of the file may contain."""
        yield from (name_of(each) for each in self.elements.values())
        for each in self.root.iter():
            if isinstance(each.tag, str) and tag(each) in ("itemComponent", "itemDefinition"):
                yield name_of(each)
            elif isinstance(each.tag, str) and tag(each) in ("contextEntry", "column"):
                yield from (name_of(variable) for variable in children(each, "variable"))
                yield name_of(each)
        for name, reader in self.imports.items():
            yield name
            yield from reader.names()

    def _imports(self) -> Iterable[tuple[str, "FileReader"]]:
        for each in children(self.root, "import"):
            namespace = each.get("namespace") or ""
            if "DMN" not in (each.get("importType") or "DMN"):
                continue
            reader = self.shelf.readers.get(namespace) or self._import(each, namespace)
            if reader is None:
                self.shelf.problems.append(
                    (id_of(each), f"No DMN file with the namespace {namespace!r} can be imported")
                )
            else:
                yield name_of(each), reader

    def _import(self, element: etree._Element, namespace: str) -> "FileReader | None":
        if namespace in self.shelf.open or len(self.shelf.open) > MAX_IMPORTS:
            return None
        found = self.shelf.folder(namespace, element.get("locationURI") or "")
        if found is None:
            return None
        file, root = found
        reader = FileReader(root, file, self.shelf)
        reader.read()
        return reader

    def _draft(self, types: Resolver) -> Draft:
        names = tuple(sorted({name for name in self.names() if name}))
        return Draft(
            file=self.file, names=(Names(names),), types=types, problems=self.shelf.problems
        )

    def _add(self, element: etree._Element, draft: Draft) -> None:
        key = self._key(element)
        variable = child(element, "variable")
        slots = self._slots(element)
        self.shelf.graph[key] = Drawn(
            key=key,
            kind=KINDS[tag(element)],
            name=name_of(element),
            type=ANY if tag(element) == "businessKnowledgeModel" else draft.type_of(variable),
            slots=slots,
            logic=self._logic(element, draft),
        )

    def _logic(self, element: etree._Element, draft: Draft) -> Compiled:
        if tag(element) == "businessKnowledgeModel":
            function = child(element, "encapsulatedLogic")
            if function is None:
                return _nothing
            result = _result_type(draft.type_of(child(element, "variable")))
            return compile_function(function, name_of(element), draft, result=result)
        expression = expression_in(element)
        return _nothing if expression is None else compile_boxed(expression, draft)

    def _add_service(self, element: etree._Element, draft: Draft) -> None:
        inputs = [*children(element, "inputData"), *children(element, "inputDecision")]
        service = Service(
            inputs=tuple(self._referred(each) for each in inputs),
            outputs=tuple(self._referred(each) for each in children(element, "outputDecision")),
            result=_result_type(draft.type_of(child(element, "variable"))),
        )
        key, name = self._key(element), name_of(element)
        self.shelf.graph[key] = Drawn(
            key=key,
            kind="service",
            name=name,
            type=ANY,
            slots={},
            logic=as_function(name, service, self.shelf.graph),
            service=service,
        )

    def _slots(self, element: etree._Element) -> Slots:
        """The names of the required elements; those of an import stand under its name."""
        slots: dict[str, Key | Slots] = {}
        for requirement in children(element, *REQUIREMENTS):
            for target in children(requirement):
                self._place(self._referred(target), slots)
        return slots

    def _place(self, key: Key, slots: dict[str, "Key | Slots"]) -> None:
        namespace, identity = key
        if namespace == self.namespace:
            if identity in self.elements:
                slots[name_of(self.elements[identity])] = key
            return
        for name, reader in self.imports.items():
            if reader.namespace == namespace and identity in reader.elements:
                inner = slots if not name else slots.setdefault(name, {})
                if isinstance(inner, dict):
                    inner[name_of(reader.elements[identity])] = key

    def _referred(self, element: etree._Element) -> Key:
        namespace, _, identity = (element.get("href") or "").rpartition("#")
        key = (namespace or self.namespace, identity)
        reader = self.shelf.readers.get(key[0])
        if reader is None or identity not in reader.elements:
            self.shelf.problems.append((id_of(element), f"There is no element {identity!r}"))
        return key

    def _key(self, element: etree._Element) -> Key:
        return self.namespace, element.get("id") or name_of(element)


def read_model(root: etree._Element, file: str, folder: Folder) -> Model:
    """The model of a file and of those it imports, with what is wrong with it."""
    shelf = Shelf(folder)
    reader = FileReader(root, file, shelf)
    reader.read()
    shelf.problems.extend(circles(shelf.graph))
    return Model(
        file=file,
        name=root.get("name") or "",
        namespace=reader.namespace,
        decisions=reader.decisions(),
        graph=shelf.graph,
        problems=tuple(shelf.problems),
    )


def _describe(element: etree._Element) -> Decision:
    table = child(element, "decisionTable")
    variable = child(element, "variable")
    return Decision(
        id=element.get("id") or name_of(element),
        name=name_of(element),
        description=own_text(child(element, "description")),
        type=None if variable is None else variable.get("typeRef"),
        table=None if table is None else describe(table),
        expression=text_of(child(element, "literalExpression")) or None,
        requires=tuple(
            (target.get("href") or "").lstrip("#")
            for requirement in children(element, *REQUIREMENTS)
            for target in children(requirement)
        ),
        line=line_of(element),
    )


def _result_type(declared: Type) -> Type:
    """What a function gives: its variable declares the function's type, or in older files this."""
    return declared.result if isinstance(declared, FunctionType) else declared


def _nothing(scope: Scope) -> Value:
    return None
