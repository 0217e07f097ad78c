// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/keepalive_options.h"

namespace halfopen {

std::string_view toString(Provenance provenance) {
    switch (provenance) {
    case Provenance::Exact:
        return "exact";
    case Provenance::Derived:
        return "derived";
    case Provenance::Inferred:
        return "inferred";
    case Provenance::Assumed:
        return "assumed";
    case Provenance::Hidden:
        break;
    }
    return "hidden";
}

} // namespace halfopen
