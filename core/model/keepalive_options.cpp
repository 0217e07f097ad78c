// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/keepalive_options.h"

#include "core/model/sentence.h"

namespace halfopen {

std::string_view toString(Provenance provenance) {
    switch (provenance) {
    case Provenance::Exact:
        return Sentence::mark("exact");
    case Provenance::Derived:
        return Sentence::mark("derived");
    case Provenance::Inferred:
        return Sentence::mark("inferred");
    case Provenance::Assumed:
        return Sentence::mark("assumed");
    case Provenance::Hidden:
        break;
    }
    return Sentence::mark("hidden");
}

} // namespace halfopen
