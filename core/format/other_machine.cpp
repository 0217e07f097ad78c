// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/other_machine.h"

namespace halfopen {

Sentence nothingIsChangedOn(const std::string& host) {
    return Sentence::tr("Halfopen looks at other machines and changes nothing there: log in to {0} for that.", host);
}

} // namespace halfopen
