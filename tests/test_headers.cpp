// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing: the target that precompiles the headers of the tests needs a source.
