"""``python -m astana_kit`` is ``astana``."""

import sys

from astana_kit.cli import main

sys.exit(main())
