// SPDX-License-Identifier: GPL-3.0-or-later
// The verb that reads exactly what only an administrator may.
#include "tests/ui/connection_actions_test.h"

#include <gmock/gmock.h>

#include <functional>
#include <utility>

namespace halfopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// This user's own, which the system does not let him look into.
Scripted protectedFromMe(std::uint64_t cookie) {
    Scripted row = owned(cookie);
    row.unread = ReadRefusal::Yama;
    return row;
}

/// The helper loads programs that read every socket.
struct ExactActionsTest : ActionsTest {
    std::vector<std::function<void(Outcome<void>)>> opening; ///< asked and not answered yet

    ExactActionsTest() {
        WindowServices services = fakes.services();
        services.openExact = [this](std::function<void(Outcome<void>)> done) { opening.push_back(std::move(done)); };
        window = std::make_unique<MainWindow>(services);
        window->showPage(window->connections());
        window->show();
        show({theirs(1), unguarded(2)});
    }
    void answer(const Outcome<void>& outcome) {
        std::exchange(opening, {}).front()(outcome);
        QApplication::processEvents();
    }
};

TEST_F(ExactActionsTest, everySocketIsReadAfterOneQuestion) {
    readVerb().trigger();
    ASSERT_EQ(opening.size(), 1U);
    EXPECT_FALSE(readVerb().isEnabled()) << "one question at a time";
    answer({});
    EXPECT_TRUE(readVerb().isEnabled());
    EXPECT_TRUE(sockets.inspects.empty());
    EXPECT_THAT(ActionsTest::answer(), HasSubstr("Every socket is read exactly from now on"));
}

TEST_F(ExactActionsTest, whereThereAreNoProgramsSocketsAreReadOneByOne) {
    readVerb().trigger();
    answer(refusal(PrivilegeErrorKind::NotSupported, Sentence::tr("This program was built without BPF.")));
    ASSERT_EQ(sockets.inspects.size(), 1U);
    EXPECT_THAT(sockets.inspects[0].cookies, ElementsAre(1U));
    sockets.acceptInspect();
    EXPECT_THAT(ActionsTest::answer(), HasSubstr("1 more socket(s) read"));
    show({theirs(1), theirs(3)});
    readVerb().trigger();
    EXPECT_TRUE(opening.empty()) << "it is asked for once";
}

TEST_F(ExactActionsTest, whoeverCallsTheQuestionOffIsAskedNoOther) {
    readVerb().trigger();
    answer(refusal(PrivilegeErrorKind::Dismissed, Sentence::tr("The person closed the dialog.")));
    EXPECT_TRUE(sockets.inspects.empty());
    EXPECT_TRUE(readVerb().isEnabled());
    readVerb().trigger();
    EXPECT_EQ(opening.size(), 1U);
}

TEST_F(ActionsTest, readingExactlyIsOneQuestionForAll) {
    Scripted changed = theirs(2); // its options were told when they were set, its owners were not
    changed.options = FakeSockets::exactOptions();
    show({theirs(1), changed, unguarded(3), protectedFromMe(4)});
    readVerb().trigger();
    ASSERT_EQ(sockets.inspects.size(), 1U);
    EXPECT_TRUE(sockets.inspects[0].interactive);
    EXPECT_THAT(sockets.inspects[0].cookies, ElementsAre(1U, 2U, 4U));
    sockets.acceptInspect();
    ASSERT_EQ(readingsArrived.size(), 3U);
    EXPECT_EQ(readingsArrived[0].owners.at(0).name, "theirs");
    EXPECT_THAT(answer(), HasSubstr("3 more socket(s) read"));
}

TEST_F(ActionsTest, newConnectionsAreReadWithoutADialogUntilThePermissionEnds) {
    show({theirs(1)});
    readVerb().trigger();
    sockets.acceptInspect();
    show({theirs(1), theirs(2)});
    ASSERT_EQ(sockets.inspects.size(), 2U);
    EXPECT_FALSE(sockets.inspects[1].interactive);
    EXPECT_THAT(sockets.inspects[1].cookies, ElementsAre(2U));
    window->connections().answer().clear();
    sockets.refuse(PrivilegeErrorKind::InteractionRequired);
    EXPECT_EQ(answer(), "");
    show({theirs(1), theirs(2), theirs(3)});
    EXPECT_EQ(sockets.inspects.size(), 2U);
}

TEST_F(ActionsTest, aDismissedReadingSaysNothing) {
    show({theirs(1)});
    readVerb().trigger();
    sockets.refuse(PrivilegeErrorKind::Dismissed);
    EXPECT_EQ(answer(), "");
    EXPECT_TRUE(readVerb().isEnabled());
    show({theirs(1), theirs(2)});
    EXPECT_EQ(sockets.inspects.size(), 1U);
}
} // namespace
} // namespace halfopen::test
