"""`python -m engine.cli` is `frontdoor`."""

import sys

from engine.cli import main

sys.exit(main())
