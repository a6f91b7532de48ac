"""Modules that the print engine imports but few books need, imported when they are: a fifth of its start.

fontTools makes parts of fonts, and still ones of variable fonts; HarfBuzz makes parts of all others. This
module acts when it is imported, which has to be before WeasyPrint is.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any

_SUBSET = "fontTools.subset"
_INSTANCER = "fontTools.varLib.instancer"


def _postpone(name: str) -> None:
    """Let a module be executed when something in it is asked for."""
    spec = importlib.util.find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = loader = importlib.util.LazyLoader(spec.loader)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    package, _, own = name.rpartition(".")
    setattr(sys.modules[package], own, module)


class _Instancer(ModuleType):
    """In place of the instancer, of which a function is taken by name: that would execute the module."""

    def instantiateVariableFont(self, *arguments: Any, **options: Any) -> Any:  # noqa: N802 - so fontTools names it
        if sys.modules.get(_INSTANCER) is self:
            del sys.modules[_INSTANCER]
        return importlib.import_module(_INSTANCER).instantiateVariableFont(*arguments, **options)


_postpone(_SUBSET)
if _INSTANCER not in sys.modules:
    sys.modules[_INSTANCER] = _Instancer(_INSTANCER)
