# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_model
    SOURCES model/tst_ages.cpp model/tst_condition.cpp model/tst_endpoint.cpp model/tst_guarded.cpp model/tst_listeners.cpp
        model/tst_names.cpp model/tst_present.cpp model/tst_privilege_error.cpp model/tst_settings.cpp model/tst_state.cpp
    LIBS halfopen_core GTest::gmock GTest::gtest_main)
halfopen_test(tst_sentence SOURCES model/tst_sentence.cpp LIBS core_model GTest::gtest_main)

# What the compiler has to refuse: a sentence that is no literal, or whose places and arguments do not fit.
foreach(wrong RANGE 6)
    add_test(NAME "Sentence.refused${wrong}" COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -DWRONG=${wrong}
        -I${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/model/refused_sentence.cpp)
    if(wrong GREATER 0)
        set_tests_properties("Sentence.refused${wrong}" PROPERTIES WILL_FAIL TRUE)
    endif()
endforeach()
