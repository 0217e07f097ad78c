// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/laboratory.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <gtest/gtest.h>

#include <string>

namespace halfopen::test {

/// A test that opens laboratories in children of its own. A person's machine may forbid that; root may always.
class LaboratoryTest : public testing::Test {
protected:
    void SetUp() override {
        const auto said = inChild([] {
            const auto lab = lab::Laboratory::open();
            return lab ? std::string() : inEnglish(lab.error());
        });
        if (!said.empty() && ::geteuid() != 0)
            SKIP_UNLESS_CI(said);
    }
};

} // namespace halfopen::test
